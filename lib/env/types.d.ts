declare namespace NodeJS {
  interface ProcessEnv {
    /** Set by the framework, and written into the code when it is built. */
    readonly NEXT_RUNTIME?: "nodejs" | "edge";
  }
}
