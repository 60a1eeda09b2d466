import { Client } from "pg";
import { main, say } from "./launcher/terminal";
import { disableStaff, makeStaff, resetSecondFactor, type StaffRole } from "./platform/staff";
import { StartError } from "./services/start-error";

// node --import ./scripts/tsx.mjs scripts/platform.ts <command>, against DATABASE_URL (the migration role).
// The people who run the service are made and disabled here and nowhere else, and whoever has nobody to ask is let in
// again: whoever may do it holds the database already.
const usage = `Say what to do:
  make <email> "<full name>" [super_admin|support]   a person who signed up becomes platform staff, or staff again
  disable <email>                                     no longer; every session ends
  reset-two-factor <email>                            a lost telephone and lost codes, of staff or of anybody in a shop: be sure
                                                      that it is them; every session ends, and they are told by mail`;

const commands: Record<string, (client: Client, email: string) => Promise<void>> = {
  make: (client, email) => makeStaff(client, { email, fullName: argument(4), role: roleOf(process.argv[5]) }),
  disable: disableStaff,
  "reset-two-factor": resetSecondFactor,
};

void main(async () => {
  const command = commands[process.argv[2] ?? ""];
  if (!command) throw new StartError(usage);
  const address = process.env["DATABASE_URL"];
  if (!address) throw new StartError("DATABASE_URL is not set: give the address of the migration role.");
  const email = argument(3).trim().toLowerCase();
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    await client.query("begin");
    await command(client, email);
    await client.query("commit");
    say(`Done: ${process.argv[2]} ${email}`);
  } finally {
    await client.end();
  }
});

function argument(at: number): string {
  const text = process.argv[at];
  if (!text) throw new StartError(usage);
  return text;
}

function roleOf(text: string | undefined): StaffRole {
  if (text === undefined || text === "super_admin" || text === "support") return text ?? "support";
  throw new StartError(`${text} is no role of the platform; super_admin and support are.`);
}
