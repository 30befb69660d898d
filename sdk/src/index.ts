export { KilimError } from "./ask.ts";
export { decimal, formatMoney, minorDigits } from "./format-money.ts";
export { keepTrue } from "./keep-true.ts";
export { type Checkout, createKilim, type Kilim } from "./kilim.ts";
export type { Push } from "./push.ts";
export type { Json, KilimSettings, Properties } from "./settings.ts";
export type {
  BesideItem,
  Cart,
  CartItem,
  Money,
  Notice,
  OnsiteLook,
  OnsiteMessage,
  Order,
  OrderLine,
  Page,
  Shopper,
} from "./shapes.ts";
