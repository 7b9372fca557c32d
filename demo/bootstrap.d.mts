export function requireNode(): void;
export function requirePackages(): void;
export function requireBuild(): void;
