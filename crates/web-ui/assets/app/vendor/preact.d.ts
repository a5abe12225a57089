// What the app uses of htm/preact, for the type checker.
export function html(strings: TemplateStringsArray, ...values: any[]): any;
export function render(node: any, parent: Element): void;
export function useState<T>(initial: T | (() => T)): [any, (next: any) => void];
export function useEffect(effect: () => any, inputs?: unknown[]): void;
export function useLayoutEffect(effect: () => any, inputs?: unknown[]): void;
export function useRef<T>(initial: T): { current: any };
export function useMemo<T>(make: () => T, inputs: unknown[]): T;
