import "server-only";
import {
  Document,
  Font,
  Page,
  Path,
  Image as Picture,
  StyleSheet,
  Svg,
  Text,
  View,
} from "@react-pdf/renderer";
import type { ReceiptPair, ReceiptText } from "./describe-receipt";
import { toWinAnsi } from "./win-ansi";

const POINTS_PER_MM = 72 / 25.4;
const PAPER_MM = 80;
const MARGIN_MM = 5;
const CONTENT_POINTS = (PAPER_MM - 2 * MARGIN_MM) * POINTS_PER_MM;
const LOGO_MOST_POINTS = { width: 110, height: 52 };

// A word that does not fit goes to the next line whole.
Font.registerHyphenationCallback((word) => [word]);

const style = StyleSheet.create({
  page: {
    padding: MARGIN_MM * POINTS_PER_MM,
    fontFamily: "Helvetica",
    fontSize: 8,
    lineHeight: 1.3,
    color: "#000",
  },
  centred: { textAlign: "center" },
  logo: { alignSelf: "center", marginBottom: 6, objectFit: "contain" },
  shop: { fontFamily: "Helvetica-Bold", fontSize: 12, textAlign: "center", marginBottom: 3 },
  mark: { borderWidth: 1.5, borderColor: "#000", paddingTop: 5, paddingBottom: 2, marginBottom: 6 },
  markText: { fontFamily: "Helvetica-Bold", fontSize: 15, lineHeight: 1, textAlign: "center" },
  title: { fontFamily: "Helvetica-Bold", fontSize: 9, textAlign: "center", marginTop: 8 },
  notice: { fontFamily: "Helvetica-Bold", fontSize: 7.5, textAlign: "center", marginTop: 1 },
  rule: {
    borderBottomWidth: 0.7,
    borderBottomColor: "#000",
    borderBottomStyle: "dashed",
    marginTop: 6,
    marginBottom: 6,
  },
  pair: { flexDirection: "row", justifyContent: "space-between", gap: 8 },
  strong: { fontFamily: "Helvetica-Bold", fontSize: 10, paddingTop: 2 },
  value: { flex: 1, textAlign: "right" },
  name: { flex: 1 },
  line: { marginBottom: 4 },
  soft: { color: "#333", fontSize: 7.5 },
  footer: { textAlign: "center", marginTop: 4 },
  barcode: { marginTop: 8, alignItems: "center" },
  barcodeText: { marginTop: 2, textAlign: "center" },
});

/** A logo that a PDF can hold: PNG or JPEG. */
export interface PdfLogo {
  readonly bytes: Buffer;
  readonly format: "png" | "jpg";
}

interface ReceiptPdfProps {
  receipt: ReceiptText;
  copy: boolean;
  logo: PdfLogo | null;
  /** BCP 47 tag of its language, for readers of the document. */
  language: string;
}

/** The receipt on one page as wide as the roll and as long as it needs. */
export function ReceiptPdf({ receipt, copy, logo, language }: ReceiptPdfProps) {
  const { shop, title, notice, facts, lines, sums, payments, footer, voided, number, copyMark } = receipt;
  return (
    <Document
      title={toWinAnsi(`${title} ${number}`)}
      author={toWinAnsi(shop.name)}
      language={language}
      creator="Opttius"
    >
      <Page size={[PAPER_MM * POINTS_PER_MM]} wrap={false} style={style.page}>
        {voided && <Mark text={voided.mark} />}
        {copy && <Mark text={copyMark} />}
        {logo && (
          <Picture src={{ data: logo.bytes, format: logo.format }} style={[style.logo, LOGO_MOST_POINTS]} />
        )}
        <Text style={style.shop}>{toWinAnsi(shop.name)}</Text>
        {shop.details.map((detail) => (
          <Text key={detail} style={style.centred}>
            {toWinAnsi(detail)}
          </Text>
        ))}
        <Text style={style.title}>{toWinAnsi(title)}</Text>
        <Text style={style.notice}>{toWinAnsi(notice)}</Text>
        <View style={style.rule} />
        <Pairs pairs={facts} />
        {voided && <Text style={style.soft}>{toWinAnsi(voided.detail)}</Text>}
        <View style={style.rule} />
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
        <View style={style.rule} />
        <Pairs pairs={sums} />
        <View style={style.rule} />
        <Pairs pairs={payments} />
        <Bars receipt={receipt} />
        <Text style={style.footer}>{toWinAnsi(footer)}</Text>
        <Text style={[style.notice, { marginTop: 6 }]}>{toWinAnsi(notice)}</Text>
      </Page>
    </Document>
  );
}

function Mark({ text }: { text: string }) {
  return (
    <View style={style.mark}>
      <Text style={style.markText}>{toWinAnsi(text)}</Text>
    </View>
  );
}

function Pairs({ pairs }: { pairs: readonly ReceiptPair[] }) {
  return pairs.map(({ label, value, strong }, index) => (
    <View key={index} style={strong ? [style.pair, style.strong] : style.pair}>
      <Text>{toWinAnsi(label)}</Text>
      <Text style={style.value}>{toWinAnsi(value)}</Text>
    </View>
  ));
}

function Line({ line: { name, detail, discount, total } }: { line: ReceiptText["lines"][number] }) {
  return (
    <View style={style.line}>
      <View style={style.pair}>
        <Text style={style.name}>{toWinAnsi(name)}</Text>
        <Text>{toWinAnsi(total)}</Text>
      </View>
      <Text style={style.soft}>{toWinAnsi(detail)}</Text>
      {discount && <Text style={style.soft}>{toWinAnsi(discount)}</Text>}
    </View>
  );
}

function Bars({ receipt: { barcode } }: { receipt: ReceiptText }) {
  return (
    <View style={style.barcode}>
      <Svg
        width={CONTENT_POINTS * 0.62}
        height={32}
        viewBox={`0 0 ${barcode.width} 1`}
        preserveAspectRatio="none"
      >
        <Path d={barcode.path} fill="#000" />
      </Svg>
      <Text style={style.barcodeText}>{barcode.text}</Text>
    </View>
  );
}
