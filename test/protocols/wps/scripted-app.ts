// The application with jobs that do what a test says.
import { createWps } from '../../../src/protocols/wps/index.ts';
import { dataApp } from '../../fixtures/data-app.ts';
import { type ScriptedProcessing, scriptedProcessing } from '../../fixtures/scripted-processing.ts';
import { type Client, clientOf } from './client.ts';

export function scriptedApp(): { readonly wps: Client; readonly processing: ScriptedProcessing } {
  const processing = scriptedProcessing();
  const { server } = dataApp((shared) => [createWps({ ...shared, processing, address: () => '192.0.2.1' })]);
  return { wps: clientOf(server), processing };
}
