/** A text that looks like a real credential. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly kind: string;
}

/** What credentials of the services around us look like; each pattern is linear in the length of a line. */
const KINDS: ReadonlyArray<readonly [kind: string, pattern: RegExp]> = [
  ["private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["AWS access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})\b/],
  ["npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["Slack token", /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
  ["Slack webhook", /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/],
  ["Supabase secret key", /\bsb_secret_[A-Za-z0-9_-]{20,}/],
  ["Stripe key", /\b[rs]k_live_[A-Za-z0-9]{20,}/],
  ["Mercado Pago access token", /\bAPP_USR-\d{10,}-\d{6}-[0-9a-f]{32}-\d+/],
  ["API key of a model provider", /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/],
  ["Google API key", /\bAIza[0-9A-Za-z_-]{35}\b/],
  [
    "session token of the service role",
    /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*InNlcnZpY2Vfcm9sZS[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{20,}/,
  ],
  [
    "password in an address",
    /\b(?:postgres(?:ql)?|rediss?|smtps?|amqps?|mongodb):\/\/[^\s:@/"'`]+:(?!(?:password|postgres|secret|x|\$\{)[^@]*@)[^\s@"'`]{8,}@(?!127\.0\.0\.1|localhost)/,
  ],
  [
    "secret in a variable",
    /\b[A-Z][A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|PRIVATE_KEY|API_KEY|ENCRYPTION_KEY)[A-Z_]*=(?=[^\s"'`$<]*\d)(?=[^\s"'`$<]*[A-Za-z])[A-Za-z0-9+/_]{24,}={0,2}(?=$|\s)/,
  ],
];

/** Lines are searched in pieces, so that a built file of one line costs no more than many short ones. */
const PIECE = 2000;
/** Longer than any credential above: one that lies across two pieces is whole in one of them. */
const OVERLAP = 200;

/** Finds what looks like a real credential in a file; never repeats it. */
export function findSecrets(path: string, text: string): Finding[] {
  return text.split("\n").flatMap((line, index) =>
    KINDS.filter(([, pattern]) => piecesOf(line).some((piece) => pattern.test(piece))).map(([kind]) => ({
      path,
      line: index + 1,
      kind,
    })),
  );
}

function piecesOf(line: string): string[] {
  const count = Math.max(1, Math.ceil(line.length / (PIECE - OVERLAP)));
  return Array.from({ length: count }, (_, at) =>
    line.slice(at * (PIECE - OVERLAP), at * (PIECE - OVERLAP) + PIECE),
  );
}
