// Stands for the package "server-only" where there is no browser bundle to guard: scripts, worker, tests.
export {};
