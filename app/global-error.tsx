"use client";

import { CrashScreen, type CrashScreenProps } from "@/components/shell/crash-screen";
import "./globals.css";

/** Takes the place of the whole document when the outermost layout fails. */
export default function GlobalError(props: CrashScreenProps) {
  return (
    <html lang="es-CL">
      <body>
        <CrashScreen {...props} />
      </body>
    </html>
  );
}
