import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
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
  createRoute({ getParentRoute: () => rootRoute, path: "/till", component: TillPage }),
  createRoute({ getParentRoute: () => rootRoute, path: "/customers", component: CustomersPage }),
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
