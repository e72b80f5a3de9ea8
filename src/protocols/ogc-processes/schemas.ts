// Schemas of the documents, for the description of the API (18-062r2, annex of OpenAPI schemas).
import type { Schema } from '../../http/protocol.ts';
import { JOB_STATES } from '../../model/job.ts';
import { JOB_CONTROL, TRANSMISSION } from './vocabulary.ts';

const TEXT: Schema = { type: 'string' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const LINK: Schema = {
  type: 'object',
  required: ['href'],
  properties: { href: TEXT, rel: TEXT, type: TEXT, title: TEXT, hreflang: TEXT },
};

const SUMMARY: { readonly [name: string]: Schema } = {
  id: TEXT,
  version: TEXT,
  title: TEXT,
  description: TEXT,
  keywords: list(TEXT),
  jobControlOptions: list({ type: 'string', enum: JOB_CONTROL }),
  outputTransmission: list({ type: 'string', enum: TRANSMISSION }),
  links: list(LINK),
};

export const SCHEMAS: { readonly [name: string]: Schema } = {
  processList: {
    type: 'object',
    required: ['processes', 'links'],
    properties: { processes: list(ref('processSummary')), links: list(LINK) },
  },
  processSummary: { type: 'object', required: ['id', 'version'], properties: SUMMARY },
  process: {
    type: 'object',
    required: ['id', 'version', 'inputs', 'outputs'],
    properties: {
      ...SUMMARY,
      inputs: { type: 'object', additionalProperties: ref('processPort') },
      outputs: { type: 'object', additionalProperties: ref('processPort') },
    },
  },
  processPort: {
    type: 'object',
    required: ['schema'],
    properties: {
      title: TEXT,
      description: TEXT,
      schema: { type: 'object' },
      minOccurs: { type: 'integer', minimum: 0 },
      maxOccurs: { type: 'integer', minimum: 1 },
    },
  },
  execute: {
    type: 'object',
    properties: {
      inputs: { type: 'object', additionalProperties: {} },
      outputs: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: { format: { type: 'object' }, transmissionMode: { type: 'string', enum: TRANSMISSION } },
        },
      },
      response: { type: 'string', enum: ['raw', 'document'], default: 'raw' },
      subscriber: { type: 'object', properties: { successUri: TEXT, inProgressUri: TEXT, failedUri: TEXT } },
    },
  },
  statusInfo: {
    type: 'object',
    required: ['jobID', 'status', 'type'],
    properties: {
      jobID: TEXT,
      processID: TEXT,
      type: { type: 'string', enum: ['process'] },
      status: { type: 'string', enum: JOB_STATES },
      message: TEXT,
      progress: { type: 'integer', minimum: 0, maximum: 100 },
      created: { type: 'string', format: 'date-time' },
      started: { type: 'string', format: 'date-time' },
      finished: { type: 'string', format: 'date-time' },
      updated: { type: 'string', format: 'date-time' },
      expires: { type: 'string', format: 'date-time' },
      links: list(LINK),
    },
  },
  jobList: {
    type: 'object',
    required: ['jobs', 'links'],
    properties: { jobs: list(ref('statusInfo')), links: list(LINK), numberMatched: { type: 'integer' } },
  },
  results: { type: 'object', additionalProperties: {} },
};
