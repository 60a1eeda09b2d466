export { type Day, getDay, type LastSale, type Takings, type Tender } from "./get-day";
export { type Desk, getDesk, type NewCustomer, type ShortProduct, type UsedLimit } from "./get-desk";
export { getHome, type Home } from "./get-home";
