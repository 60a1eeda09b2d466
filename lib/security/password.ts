/** The shortest password; a long one beats a complicated one (NIST SP 800-63B, read 2026-11). */
export const MIN_PASSWORD_LENGTH = 10;
/** bcrypt, which the auth server uses, reads no further. */
export const MAX_PASSWORD_BYTES = 72;

/** Passwords of ten characters or more that every list of stolen passwords begins with, and Chilean favourites. */
const COMMON = new Set(
  `0123456789 0987654321 1029384756 1111111111 1122334455 112233445566 1212121212 123123123123 1231231234
  1234512345 123456123456 12345678901 1234567890 123456789a 123456789o 123456789q 1234567891 12345678910
  1234567899 12345qwert 1357924680 147258369a 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 987654321a
  9876543210 a123456789 aa12345678 abc1234567 abc123abc1 abcd123456 abcdefghij admin12345 admin123456
  administrador administrator asdfasdfasdf asdfghjkl1 asdfghjklñ barcelona1 bienvenido bienvenido1
  bienvenidos cambiame123 changeme123 chile123456 chocolate1 cobreloa123 colocolo123 colocolo1925 computador
  constitucion contrasena contrasena1 contrasena123 contraseña contraseña1 contraseña123 estrellita
  facebook123 familia123 felicidad1 football123 hola123456 holahola123 huachipato iloveyou123 iloveyou12
  jesucristo jesus12345 lasheras123 letmein123 liverpool1 magallanes1 michelle123 mipassword misterio123
  optica1234 optica12345 optica123456 opticavista opttius123 opttius1234 p@ssw0rd123 pass123456 passw0rd123
  password00 password01 password10 password11 password12 password123 password1234 password12345 password123456
  princesa123 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qwer123456 qwerty1234 qwerty12345 qwerty123456
  qwerty123456789 qwertyuiop qwertyuiop123 santiago123 santiago1234 secreto123 sunshine123 superman123
  teamo12345 teamomucho temporal123 tequieromucho udechile123 universidad valparaiso1 welcome123 welcome1234
  zaq12wsxcde3 zxcvbnm123 zxcvbnmasd`
    .split(/\s+/)
    .map(folded),
);

/** With fewer different characters than this, a password is a finger that stayed on a key. */
const FEWEST_CHARACTERS = 4;

/** Whether a password is among the first that anybody would try. */
export function isCommonPassword(password: string): boolean {
  const text = folded(password);
  return COMMON.has(text) || new Set(text).size < FEWEST_CHARACTERS;
}

/** Whether a password is just the address, or the part before the `@`. */
export function isOwnAddress(password: string, email: string): boolean {
  const text = folded(password);
  const address = folded(email);
  return text === address || text === address.split("@")[0];
}

/** How long a password is for bcrypt. */
export function passwordBytes(password: string): number {
  return new TextEncoder().encode(password).length;
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
