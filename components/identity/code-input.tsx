import { Input } from "@/components/ui/input";

interface CodeInputProps {
  autoFocus?: boolean;
  /** Recovery codes have letters. */
  letters?: boolean;
}

/** A one-time code, in figures that are easy to compare. */
export function CodeInput({ autoFocus = false, letters = false }: CodeInputProps) {
  return (
    <Input
      size="lg"
      autoComplete="one-time-code"
      inputMode={letters ? "text" : "numeric"}
      maxLength={letters ? 14 : 8}
      autoCapitalize={letters ? "characters" : "off"}
      spellCheck={false}
      autoFocus={autoFocus}
      className="font-mono text-xl tracking-[0.25em]"
    />
  );
}
