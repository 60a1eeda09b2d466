/** What an installation knows of its PayPal application. */
export interface PaypalSettings {
  /** `https://api-m.paypal.com`, `https://api-m.sandbox.paypal.com`, or a simulator. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The id that PayPal gave our webhook (`WH-…`, or digits and letters): part of what every notice signs. */
  readonly webhookId: string;
}
