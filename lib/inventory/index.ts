export { exportStock, stockSheetColumns } from "./export-stock";
export { findDocument, type StockDocument } from "./find-document";
export { findGoods, findGoodsById, type Goods } from "./find-goods";
export { type DocumentPage, type DocumentRow, listDocuments } from "./list-documents";
export { listLevels, listMovements, MOST_MOVEMENTS, type StockMovement } from "./list-movements";
export { listStock, type StockPage, type StockRow } from "./list-stock";
export { adjustStock, receiveStock, transferStock } from "./move-stock";
export {
  adjustment,
  documentKinds,
  documentQuery,
  goodsQuestion,
  MOST_LINES,
  reception,
  type StockQuery,
  stockQuery,
  transfer,
} from "./schema";
