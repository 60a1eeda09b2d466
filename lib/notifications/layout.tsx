import type { ReactNode } from "react";
import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  render,
  Section,
  Text,
  toPlainText,
} from "react-email";
import type { Language } from "@/lib/i18n/locale";
import { localeTags } from "@/lib/i18n/locale";

/** What a mail says, free of looks. */
export interface MailContent {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly action?: { readonly label: string; readonly url: string };
}

/** Sentences that every mail carries. */
export interface MailFrame {
  readonly copyLink: string;
  readonly footer: string;
}

// Colours of the interface's light theme as plain values, because mail programs know no variables.
// Contrast is at least 4.5:1 on both grounds.
const ink = "#1c2430";
const quiet = "#536072";
const brand = "#0b5a6b";
const font = "system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const body = { fontFamily: font, fontSize: "16px", lineHeight: "1.6", color: ink, margin: "0 0 16px" };
const small = { ...body, fontSize: "14px", color: quiet };

/** Writes a mail as HTML that reads well without images or styles, and as plain text that says the same. */
export async function layOut(
  content: MailContent,
  frame: MailFrame,
  language: Language,
): Promise<{ html: string; text: string }> {
  const html = await render(<Mail content={content} frame={frame} language={language} />);
  return { html, text: toPlainText(html) };
}

/** The frame of every mail: who writes, what happened, the facts, the one thing to do, why it came. */
function Mail({
  content,
  frame,
  language,
}: {
  content: MailContent;
  frame: MailFrame;
  language: Language;
}): ReactNode {
  const { subject, heading, paragraphs, facts = [], action } = content;
  return (
    <Html lang={localeTags[language]}>
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light" />
      </Head>
      <Body style={{ margin: 0, padding: "24px 12px", backgroundColor: "#eef1f5" }}>
        <Preview>{paragraphs[0] ?? heading}</Preview>
        <Container
          style={{ maxWidth: "560px", backgroundColor: "#ffffff", borderRadius: "12px", padding: "28px" }}
        >
          <Text style={{ ...body, fontWeight: 700, color: brand }}>Opttius</Text>
          <Heading as="h1" style={{ ...body, fontSize: "22px", lineHeight: "1.3" }}>
            {heading}
          </Heading>
          {paragraphs.map((paragraph) => (
            <Text key={paragraph} style={body}>
              {paragraph}
            </Text>
          ))}
          {facts.length > 0 && <Facts facts={facts} />}
          {action && <Action action={action} copyLink={frame.copyLink} />}
          <Text style={{ ...small, margin: 0 }}>{frame.footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <Section style={{ margin: "0 0 16px" }}>
      {facts.map(([label, value]) => (
        <Text key={label} style={{ ...body, margin: "0 0 4px" }}>
          <span style={{ color: quiet }}>{`${label}: `}</span>
          <strong style={{ fontWeight: 600 }}>{value}</strong>
        </Text>
      ))}
    </Section>
  );
}

function Action({
  action: { label, url },
  copyLink,
}: {
  action: { readonly label: string; readonly url: string };
  copyLink: string;
}): ReactNode {
  return (
    <Section>
      <Button
        href={url}
        style={{
          ...body,
          padding: "12px 22px",
          borderRadius: "8px",
          backgroundColor: brand,
          color: "#ffffff",
          fontWeight: 600,
        }}
      >
        {label}
      </Button>
      <Text style={small}>
        {copyLink}
        <br />
        <Link href={url} style={{ color: brand, wordBreak: "break-all" }}>
          {url}
        </Link>
      </Text>
    </Section>
  );
}
