import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { AccountPage } from "./account/account-page.tsx";
import { CartPage } from "./cart/cart-page.tsx";
import { CategoryPage } from "./catalog/category-page.tsx";
import { ProductPage } from "./catalog/product-page.tsx";
import { SearchPage } from "./catalog/search-page.tsx";
import { CheckoutPage } from "./checkout/checkout-page.tsx";
import { ThankYouPage } from "./checkout/thank-you-page.tsx";
import { HomePage } from "./home/home-page.tsx";
import { Broken } from "./layout/broken.tsx";
import { NotFound } from "./layout/not-found.tsx";
import { Shell } from "./layout/shell.tsx";

/** Filters live in the address, so a link to a filtered list shows the same list. */
export interface ListSearch {
  readonly q?: string;
  readonly size?: string;
  readonly color?: string;
}

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const listSearch = (search: Record<string, unknown>): ListSearch => {
  // A size such as 42 arrives as a number.
  const size = text(typeof search.size === "number" ? String(search.size) : search.size);
  const q = text(typeof search.q === "number" ? String(search.q) : search.q);
  const color = text(search.color);
  return { ...(q ? { q } : {}), ...(size ? { size } : {}), ...(color ? { color } : {}) };
};

const routes = [
  createRoute({ getParentRoute: () => rootRoute, path: "/", component: HomePage }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/c/$category",
    validateSearch: listSearch,
    component: CategoryPage,
  }),
  createRoute({ getParentRoute: () => rootRoute, path: "/search", validateSearch: listSearch, component: SearchPage }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/p/$product",
    validateSearch: (search: Record<string, unknown>): { variant?: string } => {
      const variant = text(search.variant);
      return variant ? { variant } : {};
    },
    component: ProductPage,
  }),
  createRoute({ getParentRoute: () => rootRoute, path: "/cart", component: CartPage }),
  createRoute({ getParentRoute: () => rootRoute, path: "/checkout", component: CheckoutPage }),
  createRoute({ getParentRoute: () => rootRoute, path: "/thank-you/$order", component: ThankYouPage }),
  createRoute({ getParentRoute: () => rootRoute, path: "/account", component: AccountPage }),
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
    defaultPreload: false,
    defaultViewTransition: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createShopRouter>;
  }
}
