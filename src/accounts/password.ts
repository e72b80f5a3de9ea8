// Passwords: the rule for new ones (ASVS 5.0, 6.2; CNIL 2022), and their hashes in PHC form: argon2id, or scrypt where the argon2
// package has no program for the machine (ASVS 5.0, appendix C). The hash names its algorithm.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { SyntaxFault } from '../model/errors.ts';

export const SHORTEST = 15;
export const LONGEST = 128;

/** Throws SyntaxFault when a new password is too short, too long, or one character again and again. */
export function checkNewPassword(password: string, accountName: string): void {
  const { length } = [...password];
  if (length < SHORTEST || length > LONGEST) {
    throw new SyntaxFault(
      `a password has ${SHORTEST} to ${LONGEST} characters; any characters, several words are fine`,
      `un mot de passe a de ${SHORTEST} à ${LONGEST} caractères ; tous sont permis, plusieurs mots conviennent`,
    );
  }
  if (new Set(password).size < 5 || password.toLowerCase().includes(accountName.toLowerCase().repeat(2))) {
    throw new SyntaxFault(
      'this password is too easy to guess: use at least five different characters, not the account’s name again and again',
      'ce mot de passe est trop facile à deviner : au moins cinq caractères différents, pas le nom du compte répété',
    );
  }
}

export type Algorithm = 'argon2id' | 'scrypt';

/** argon2id with 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SCRYPT = { cost: 17, blockSize: 8, parallelization: 1, bytes: 32 } as const;

type Argon2 = Pick<typeof import('@node-rs/argon2'), 'hash' | 'verify'>;

/** The package when it runs on this machine, else null. Loaded at the first password. */
async function loadArgon2(): Promise<Argon2 | null> {
  try {
    return await import('@node-rs/argon2');
  } catch {
    return null;
  }
}

function derive(password: string, salt: Buffer, bytes: number, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function scryptOptions(cost: number, blockSize: number, parallelization: number): ScryptOptions {
  const N = 2 ** cost;
  return { N, r: blockSize, p: parallelization, maxmem: 256 * N * blockSize };
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

async function hashByScrypt(password: string): Promise<string> {
  const { cost, blockSize, parallelization, bytes } = SCRYPT;
  const salt = randomBytes(16);
  const key = await derive(password, salt, bytes, scryptOptions(cost, blockSize, parallelization));
  return `$scrypt$ln=${cost},r=${blockSize},p=${parallelization}$${base64(salt)}$${base64(key)}`;
}

async function verifyByScrypt(hash: string, password: string): Promise<boolean> {
  const [, cost, blockSize, parallelization, salt = '', key = ''] =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
  const expected = Buffer.from(key, 'base64');
  if (expected.length === 0) return false;
  const options = scryptOptions(Number(cost), Number(blockSize), Number(parallelization));
  const derived = await derive(password, Buffer.from(salt, 'base64'), expected.length, options);
  return timingSafeEqual(derived, expected);
}

/** Gives the hash to store. `algorithm` absent: argon2id where it runs, else scrypt. */
export async function hashPassword(password: string, algorithm?: Algorithm): Promise<string> {
  const argon2 = algorithm === 'scrypt' ? null : await loadArgon2();
  if (argon2) return argon2.hash(password, ARGON2);
  if (algorithm === 'argon2id') throw new Error('argon2 does not run on this machine');
  return hashByScrypt(password);
}

/** Compares in a time that does not depend on the password. Throws when the hash is of an algorithm that does not run here. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  if (hash.startsWith('$scrypt$')) return verifyByScrypt(hash, password);
  const argon2 = await loadArgon2();
  if (argon2 === null) throw new Error('the stored password is hashed by argon2, which does not run on this machine');
  return argon2.verify(hash, password);
}
