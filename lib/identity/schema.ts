import { z } from "zod";
import {
  isCommonPassword,
  MAX_PASSWORD_BYTES,
  MIN_PASSWORD_LENGTH,
  passwordBytes,
} from "@/lib/security/password";
import { chileanZones } from "@/lib/time";

const text = (most: number) => z.string().trim().min(1).max(most);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Six digits, however they were pasted. */
const mailedCode = z
  .string()
  .transform((code) => code.replaceAll(/\D/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, { error: "code.invalid" }));

/** A password as a person chooses it; see `lib/security/password`. */
const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, { error: "password.tooShort" })
  .refine((password) => passwordBytes(password) <= MAX_PASSWORD_BYTES, { error: "password.tooLong" })
  .refine((password) => !isCommonPassword(password), { error: "password.tooCommon" });

/** Where to go afterwards; checked by `safePath` when it is used. */
const next = z.string().max(2000).optional();

export const signInInput = z.object({ email, password: z.string().min(1).max(500), next });
export type SignInInput = z.infer<typeof signInInput>;

/** A new shop, as its owner describes it. */
export const shopInput = z.object({
  shopName: text(120),
  branchName: text(80),
  fullName: text(120),
  timeZone: z.enum(chileanZones),
});
export type ShopInput = z.infer<typeof shopInput>;

export const signUpInput = shopInput.extend({ email });
export type SignUpInput = z.infer<typeof signUpInput>;

export const codeRequestInput = z.object({ email });

/** A code from the mail, and the password that is to hold from now on. */
export const proofInput = z.object({ code: mailedCode, password: newPassword });
export type ProofInput = z.infer<typeof proofInput>;

/** An invitation's secret: 256 bits in hexadecimal. */
export const invitationToken = z.string().regex(/^[0-9a-f]{64}$/);

/** A newcomer; whoever signed in already gives the name alone. */
export const acceptInvitationInput = z.object({
  token: invitationToken,
  fullName: text(120),
  code: mailedCode,
  password: newPassword,
});
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>;

export const joinInput = z.object({ token: invitationToken, fullName: text(120) });
export const invitationInput = z.object({ token: invitationToken });

/** Six digits of the authenticator, or a recovery code. */
const stepUpCode = z.string().trim().min(6).max(20);
export const stepUpInput = z.object({ code: stepUpCode, next });
export type StepUpInput = z.infer<typeof stepUpInput>;

/** What somebody signed in types to show that it is them. */
const currentPassword = z.string().min(1).max(500);

/** Starts setting a second factor up; the password may be left out where it was given a moment ago. */
export const beginInput = z.object({ currentPassword: currentPassword.optional(), next });

/** The same from the profile, where it is always asked for. */
export const passwordProofInput = z.object({ currentPassword });

/** Other recovery codes, or no second factor any more. */
export const factorChangeInput = z.object({ currentPassword, code: stepUpCode });
export type FactorChangeInput = z.infer<typeof factorChangeInput>;

export const nameInput = z.object({ fullName: text(120) });

export const passwordChangeInput = z.object({
  currentPassword,
  password: newPassword,
});
export type PasswordChangeInput = z.infer<typeof passwordChangeInput>;

export const approvalCodeInput = z.object({
  pin: z
    .string()
    .trim()
    .regex(/^\d{4,8}$/, { error: "pin.invalid" }),
});

export const chosenOrganization = z.object({ id: z.uuid(), next });
