import { randomBytes } from "node:crypto";
import { json, type Reply } from "../http";
import type { Answer } from "./call";

/** An error as PayPal words it: `details[].issue` says what it is. */
export class PaypalError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly issue: string | null = null,
  ) {
    super(issue ?? code);
  }

  static unprocessable(issue: string): PaypalError {
    return new PaypalError(422, "UNPROCESSABLE_ENTITY", issue);
  }

  static notFound(): PaypalError {
    return new PaypalError(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
  }

  answer(): Answer {
    return {
      status: this.status,
      body: {
        name: this.code,
        message: this.code.toLowerCase().replaceAll("_", " "),
        debug_id: randomBytes(7).toString("hex").slice(0, 13),
        details: this.issue === null ? [] : [{ issue: this.issue, description: `${this.issue}.` }],
        links: [],
      },
    };
  }

  reply(): Reply {
    const { status, body } = this.answer();
    return json(status, body);
  }
}
