/** What the demo's data is made from. */
export type SeedOptions = {
  /** The migration role's address, on a migrated database. */
  databaseUrl: string;
  /** The password of everybody in the cast. */
  password: string;
  /** Second factor of the platform's staff: base32, SHA-1, 6 digits, 30 s. */
  totpSecret: string;
  /** APP_ENCRYPTION_KEY, with which the second factor is stored. */
  encryptionKey: string;
  /** The moment that the history leads up to. */
  now: Date;
};
