// Lets TypeScript know that style files may be imported; Vite takes them from there.
declare module '*.css'
