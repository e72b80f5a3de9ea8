// The worker that holds the HDF5 library: its calls block, a broken file may make it hang or break down, and none of this reaches the server.
import { parentPort } from 'node:worker_threads';
import type { File } from 'h5wasm/node';
import * as library from 'h5wasm/node';
import type { Hdf5Answer, Hdf5Order, Hdf5Reply, Hdf5Request } from './hdf5-messages.ts';
import { attributesOf, type Described, describe, Hdf5Fault, slabOf } from './hdf5-read.ts';
import { createFile, type WrittenFile } from './hdf5-write.ts';

interface Open {
  readonly file: File;
  readonly described: Map<string, Described>;
  readonly written: WrittenFile | null;
}

const files = new Map<number, Open>();

function opened(handle: number): Open {
  const open = files.get(handle);
  if (open === undefined) throw new Hdf5Fault('file', 'it is closed');
  return open;
}

function openFile(path: string, handle: number): Hdf5Answer {
  const file = new library.File(path, 'r');
  try {
    const { dimensions, described } = describe(library, file);
    if (described.size === 0) throw new Hdf5Fault('file', 'the root group has no variable');
    const answer = {
      dimensions,
      attributes: attributesOf(file),
      variables: [...described.values()].map(({ variable }) => variable),
    };
    files.set(handle, { file, described, written: null });
    return answer;
  } catch (error) {
    file.close();
    throw error;
  }
}

function carryOut(order: Hdf5Order): Hdf5Answer {
  switch (order.kind) {
    case 'open':
      return openFile(order.path, order.handle);
    case 'read': {
      const own = opened(order.handle).described.get(order.variable);
      if (own === undefined) throw new Hdf5Fault(`variable ${order.variable}`, 'there is no such variable');
      return slabOf(library, own, order.first, order.count);
    }
    case 'create': {
      const file = new library.File(order.path, 'w', { track_order: true });
      files.set(order.handle, { file, described: new Map(), written: null });
      files.set(order.handle, { file, described: new Map(), written: createFile(library, file, order.file) });
      return null;
    }
    case 'write': {
      const { written } = opened(order.handle);
      for (const [name, values] of order.values) written?.write(name, values, order.first, order.count);
      return null;
    }
    case 'close':
      files.get(order.handle)?.file.close();
      files.delete(order.handle);
      return null;
  }
}

function partOf(order: Hdf5Order, error: unknown): string {
  if (error instanceof Hdf5Fault) return error.part;
  return order.kind === 'read' ? `variable ${order.variable}` : 'file';
}

/** The library tells the whole way of an error: its deepest step is the reason. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const steps = [...message.matchAll(/#\d+: .* in \w+\(\): (.+)/g)].map((match) => match[1] ?? '');
  return (steps.at(-1) ?? message.split('\n')[0] ?? '').slice(0, 200);
}

function reply({ id, order }: Hdf5Request): Hdf5Reply {
  try {
    return { id, answer: carryOut(order) };
  } catch (error) {
    return { id, fault: reasonOf(error), part: partOf(order, error) };
  }
}

const { activate_throwing_error_handler: throwErrors } = await library.ready;
// Else it prints the whole way of each error.
throwErrors();
parentPort?.on('message', (request: Hdf5Request) => parentPort?.postMessage(reply(request)));
