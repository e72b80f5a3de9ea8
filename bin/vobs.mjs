#!/usr/bin/env node
// `vobs` as an installed command: loads TypeScript through tsx, then the command line.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
