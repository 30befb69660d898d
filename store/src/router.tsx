import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { CustomersPage } from "./customers/customers-page.tsx";
import { Broken } from "./shell/broken.tsx";
import { Shell } from "./shell/shell.tsx";
import { TillPage } from "./till/till-page.tsx";

const rootRoute = createRootRoute({ component: Shell });
const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/till" });
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/till",
    component: TillPage,
    validateSearch: ({ list }: Record<string, unknown>): { list?: string } =>
      typeof list === "string" ? { list } : {},
  }),
  createRoute({ getParentRoute: () => rootRoute, path: "/customers", component: CustomersPage }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/queue",
    component: lazyRouteComponent(() => import("./queue/queue-page.tsx"), "QueuePage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/orders/$id",
    component: lazyRouteComponent(() => import("./orders/order-page.tsx"), "OrderPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/sales",
    component: lazyRouteComponent(() => import("./offline/sales-page.tsx"), "SalesPage"),
  }),
] as const;

export function createStoreRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    basepath: "/store",
    scrollRestoration: true,
    defaultErrorComponent: Broken,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createStoreRouter>;
  }
}
