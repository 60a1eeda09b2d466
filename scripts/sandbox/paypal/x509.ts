import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and the key that it vouches for. */
export interface Certified {
  readonly name: string;
  readonly pem: string;
  readonly key: KeyObject;
}

export interface CertificateRequest {
  /** The subject's common name. */
  readonly name: string;
  /** Who signs it; null: itself. */
  readonly issuer: Certified | null;
  readonly isAuthority: boolean;
  readonly from: Date;
  readonly to: Date;
  /** Bits of keyUsage, first byte (RFC 5280, 4.2.1.3); by default what its role needs. */
  readonly usage?: number;
}

/** Makes an RSA key and an X.509 v3 certificate for it (RFC 5280): Node reads certificates and writes none. */
export function certify(request: CertificateRequest): Certified {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signer = request.issuer?.key ?? privateKey;
  const contents = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])), // DER takes no needless zeros in front
    RSA_SHA256,
    distinguishedName(request.issuer?.name ?? request.name),
    sequence(time(request.from), time(request.to)),
    distinguishedName(request.name),
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
    explicit(3, sequence(basicConstraints(request.isAuthority), keyUsage(request))),
  );
  const der = sequence(contents, RSA_SHA256, bits(sign("sha256", contents, signer), 0));
  const text = der.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    name: request.name,
    key: privateKey,
    pem: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
  };
}

const DIGITAL_SIGNATURE = 0x80;
const CERT_SIGN_AND_CRL_SIGN = 0x06;

/** Tag, length, value: all that DER is. */
function tlv(tag: number, ...values: readonly Buffer[]): Buffer {
  const value = Buffer.concat(values);
  const { length } = value;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

const sequence = (...values: readonly Buffer[]) => tlv(0x30, ...values);
const explicit = (number: number, value: Buffer) => tlv(0xa0 + number, value);
const object = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
const bits = (value: Buffer, unused: number) => tlv(0x03, Buffer.from([unused]), value);
const octets = (value: Buffer) => tlv(0x04, value);
const TRUE = tlv(0x01, Buffer.from([0xff]));
/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with its NULL. */
const RSA_SHA256 = sequence(object("2a864886f70d01010b"), tlv(0x05));

/** A positive number: its first byte is neither zero nor above 127. */
function integer(value: Buffer): Buffer {
  return tlv(0x02, value);
}

function distinguishedName(commonName: string): Buffer {
  return sequence(tlv(0x31, sequence(object("550403"), tlv(0x0c, Buffer.from(commonName)))));
}

/** UTCTime up to 2049, GeneralizedTime after. */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, "");
  return at.getUTCFullYear() < 2050
    ? tlv(0x17, Buffer.from(digits.slice(2)))
    : tlv(0x18, Buffer.from(digits));
}

function basicConstraints(isAuthority: boolean): Buffer {
  return sequence(object("551d13"), TRUE, octets(isAuthority ? sequence(TRUE) : sequence()));
}

function keyUsage({ usage, isAuthority }: CertificateRequest): Buffer {
  const byte = usage ?? (isAuthority ? CERT_SIGN_AND_CRL_SIGN : DIGITAL_SIGNATURE);
  return sequence(object("551d0f"), TRUE, octets(bits(Buffer.from([byte]), unusedBits(byte))));
}

/** DER wants trailing zero bits left out. */
function unusedBits(byte: number): number {
  return byte === 0 ? 0 : 31 - Math.clz32(byte & -byte);
}
