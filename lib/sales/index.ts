export { type Approver, approveDiscount, listApprovers } from "./approve-discount";
export { type ExportedOrder, exportOrders } from "./export-orders";
export { findProducts, type TillProduct } from "./find-products";
export { findTill, type TillState } from "./find-till";
export { getOrder, type Order } from "./get-order";
export { listOrders, type OrderPage, type OrderRow } from "./list-orders";
export { maySell } from "./may-sell";
export { orderColumns } from "./order-columns";
export { listParkedSales, type ParkedSale, parkSale, takeParkedSale } from "./park-sale";
export { recordSale, type SaleAnswer } from "./record-sale";
export {
  branchReference,
  discountApproval,
  newParkedSale,
  newSale,
  type OrderFilter,
  orderFilter,
  orderQuery,
  orderReference,
  orderStatuses,
  orderVoiding,
  parkedSaleTaking,
  productQuestion,
} from "./schema";
export { type TenderMethod, tenderMethods } from "./totals";
export { voidOrder } from "./void-order";
