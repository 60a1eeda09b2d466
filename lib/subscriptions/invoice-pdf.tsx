import "server-only";
import { Document, Page, StyleSheet, Text, View } from "@react-pdf/renderer";
import { toWinAnsi } from "@/lib/receipts";

type Pair = readonly [label: string, value: string];

interface InvoicePdfProps {
  title: string;
  /** Says that it is no tax document. */
  notice: string;
  /** BCP 47 tag of its language. */
  language: string;
  facts: readonly Pair[];
  lines: readonly Pair[];
  total: Pair;
  tax: Pair;
}

const style = StyleSheet.create({
  page: { padding: 56, fontFamily: "Helvetica", fontSize: 10, lineHeight: 1.4, color: "#111" },
  brand: { fontFamily: "Helvetica-Bold", fontSize: 18, marginBottom: 2 },
  title: { fontFamily: "Helvetica-Bold", fontSize: 13 },
  notice: { color: "#444", marginBottom: 24 },
  pair: { flexDirection: "row", justifyContent: "space-between", gap: 24, paddingVertical: 3 },
  label: { color: "#444" },
  value: { textAlign: "right", flex: 1 },
  rule: { borderBottomWidth: 0.7, borderBottomColor: "#999", marginVertical: 12 },
  total: { fontFamily: "Helvetica-Bold", fontSize: 12 },
});

/** What a period of the subscription cost, on one A4 page. */
export function InvoicePdf({ title, notice, language, facts, lines, total, tax }: InvoicePdfProps) {
  return (
    <Document title={toWinAnsi(title)} author="Opttius" creator="Opttius" language={language}>
      <Page size="A4" style={style.page}>
        <Text style={style.brand}>Opttius</Text>
        <Text style={style.title}>{toWinAnsi(title)}</Text>
        <Text style={style.notice}>{toWinAnsi(notice)}</Text>
        {facts.map((pair) => (
          <Line key={pair[0]} pair={pair} />
        ))}
        <View style={style.rule} />
        {lines.map((pair) => (
          <Line key={pair[0]} pair={pair} />
        ))}
        <View style={style.rule} />
        <View style={style.total}>
          <Line pair={total} />
        </View>
        <Line pair={tax} />
      </Page>
    </Document>
  );
}

function Line({ pair: [label, value] }: { pair: Pair }) {
  return (
    <View style={style.pair}>
      <Text style={style.label}>{toWinAnsi(label)}</Text>
      <Text style={style.value}>{toWinAnsi(value)}</Text>
    </View>
  );
}
