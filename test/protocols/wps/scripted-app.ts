// The application with jobs that do what a test says.
import { dataApp } from '../../fixtures/data-app.ts';
import { type ScriptedProcessing, scriptedProcessing } from '../../fixtures/scripted-processing.ts';
import { type Client, clientOf } from './client.ts';

export function scriptedApp(): { readonly wps: Client; readonly processing: ScriptedProcessing } {
  const processing = scriptedProcessing();
  const { server } = dataApp(undefined, processing);
  return { wps: clientOf(server), processing };
}
