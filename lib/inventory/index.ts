export { exportStock, stockCsvColumns } from "./export-stock";
export { findGoods, type Goods } from "./find-goods";
export { getDocument, type StockDocument } from "./get-document";
export { type DocumentPage, type DocumentRow, listDocuments } from "./list-documents";
export { listLevels, listMovements, type StockMovement } from "./list-movements";
export { listStock, type StockPage, type StockRow } from "./list-stock";
export { adjustStock, receiveStock, transferStock } from "./move-stock";
export {
  adjustment,
  documentKinds,
  documentQuery,
  goodsQuestion,
  reception,
  stockQuery,
  transfer,
} from "./schema";
