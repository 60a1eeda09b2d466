import { appPort, startServices } from "./launcher/services";
import { runUntilStopped } from "./launcher/session";
import { main, say } from "./launcher/terminal";

// npm run services: everything but the application, for `next dev` in another terminal.
void main(() =>
  runUntilStopped(async (dataDirectory, supervisor) => {
    const environment = await startServices(dataDirectory, supervisor);
    say(
      `\n  Services for http://127.0.0.1:${appPort()} are running; their addresses are in ${dataDirectory}/demo.env`,
    );
    say(
      `  Mail ${environment["MAIL_URL"]}   Password of everybody in the cast: ${environment["DEMO_PASSWORD"]}\n`,
    );
  }),
);
