import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { HomePage } from "./home/home-page.tsx";
import { Broken } from "./layout/broken.tsx";
import { NotFound } from "./layout/not-found.tsx";
import { Shell } from "./layout/shell.tsx";

/** Filters live in the address, so a link to a filtered list shows the same list. */
export interface ListSearch {
  readonly q?: string;
  readonly size?: string;
  readonly color?: string;
  readonly brand?: string;
  readonly price_max?: string;
  readonly stock?: string;
  readonly sort?: string;
}

const NAMES = ["q", "size", "color", "brand", "price_max", "stock", "sort"] as const;

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
/** A size such as 42 arrives as a number. */
const listSearch = (search: Record<string, unknown>): ListSearch =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search[name];
      const told = text(typeof value === "number" ? String(value) : value);
      return told === undefined ? [] : [[name, told]];
    }),
  );

/** The first page comes with the shop; each of the others when somebody goes there. */
const routes = [
  createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/c/$category",
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import("./catalog/category-page.tsx"), "CategoryPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/search",
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import("./catalog/search-page.tsx"), "SearchPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/p/$product",
    validateSearch: (search: Record<string, unknown>): { variant?: string } => {
      const variant = text(search.variant);
      return variant ? { variant } : {};
    },
    component: lazyRouteComponent(() => import("./catalog/product-page.tsx"), "ProductPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/cart",
    component: lazyRouteComponent(() => import("./cart/cart-page.tsx"), "CartPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/checkout",
    component: lazyRouteComponent(() => import("./checkout/checkout-page.tsx"), "CheckoutPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/thank-you/$order",
    component: lazyRouteComponent(() => import("./checkout/thank-you-page.tsx"), "ThankYouPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/account",
    component: lazyRouteComponent(() => import("./account/account-page.tsx"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/orders/$order",
    component: lazyRouteComponent(() => import("./orders/order-page.tsx"), "OrderPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/lists",
    component: lazyRouteComponent(() => import("./lists/lists-page.tsx"), "ListsPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/lists/shared",
    component: lazyRouteComponent(() => import("./lists/shared-page.tsx"), "SharedPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/here/$store",
    component: lazyRouteComponent(() => import("./lists/here-page.tsx"), "HerePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/lists/$list",
    component: lazyRouteComponent(() => import("./lists/list-page.tsx"), "ListPage"),
  }),
] as const;

export function createShopRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    basepath: "/shop",
    scrollRestoration: true,
    defaultErrorComponent: Broken,
    defaultPreload: "intent",
    defaultViewTransition: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createShopRouter>;
  }
}
