/** @jsxRuntime automatic @jsxImportSource preact */
// Who, with what, under which licence: the parts that a service page and a record page have in common.
import type { Contact, InstrumentConfiguration, InstrumentUse, Licence, PlatformUse } from '../../model/description.ts';
import type { Page } from '../page.ts';
import { Outward, Words } from './parts.tsx';

export function DoiLink({ doi }: { doi: string }) {
  return <a href={`https://doi.org/${encodeURI(doi)}`}>{`https://doi.org/${doi}`}</a>;
}

export function LicenceLink({ page, licence }: { page: Page; licence: Licence }) {
  return (
    <Outward href={licence.url}>
      {licence.title} <span class="quiet">({page.t.spdx(licence.id)})</span>
    </Outward>
  );
}

/** One entry for each organisation, with all its roles. */
export function Contacts({ page, contacts }: { page: Page; contacts: readonly Contact[] }) {
  const { t } = page;
  const byName = new Map<string, Contact[]>();
  for (const contact of contacts) {
    byName.set(contact.organisation, [...(byName.get(contact.organisation) ?? []), contact]);
  }
  return (
    <ul class="contacts">
      {[...byName].map(([name, all]) => {
        const url = all.find((contact) => contact.url)?.url;
        const email = all.find((contact) => contact.email)?.email;
        const roles = [...new Set(all.map((contact) => t.roles[contact.role]))];
        return (
          <li>
            <span class="role">{roles.join(', ')}</span>
            <span>{url ? <Outward href={url}>{name}</Outward> : name}</span>
            {email && <a href={`mailto:${email}`}>{email}</a>}
          </li>
        );
      })}
    </ul>
  );
}

function Configurations({ page, all }: { page: Page; all: readonly InstrumentConfiguration[] }) {
  const { t, say } = page;
  return (
    <ul class="configurations">
      {all.map((configuration) => (
        <li>
          <strong>
            {configuration.to === null
              ? t.timeSince(say.moment(configuration.from))
              : t.timeFromTo(say.moment(configuration.from), say.moment(configuration.to))}
          </strong>
          {t.colon} <Words page={page} text={configuration.description} />
          {Object.keys(configuration.settings).length > 0 && (
            <span class="settings">
              {Object.entries(configuration.settings).map(([name, value]) => (
                <code>{`${name} = ${typeof value === 'number' ? say.number(value, 6) : value}`}</code>
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Instruments with their dated configurations (all of them for a service, those in force for a record). */
export function Instruments({ page, instruments }: { page: Page; instruments: readonly InstrumentUse[] }) {
  const { t } = page;
  if (instruments.length === 0) return null;
  return (
    <section aria-labelledby="instruments">
      <h2 id="instruments">{t.instruments}</h2>
      {instruments.map((instrument) => (
        <div class="instrument">
          <h3>
            <Words page={page} text={instrument.title} />
          </h3>
          <p class="quiet">
            <Words page={page} text={instrument.type} /> · <code>{instrument.id}</code>
          </p>
          {instrument.description && (
            <p>
              <Words page={page} text={instrument.description} />
            </p>
          )}
          {instrument.configurations.length > 0 && <Configurations page={page} all={instrument.configurations} />}
        </div>
      ))}
    </section>
  );
}

export function Platforms({ page, platforms }: { page: Page; platforms: readonly PlatformUse[] }) {
  const { t } = page;
  if (platforms.length === 0) return null;
  return (
    <section aria-labelledby="platforms">
      <h2 id="platforms">{t.platforms}</h2>
      <ul>
        {platforms.map((platform) => (
          <li>
            <strong>
              <Words page={page} text={platform.title} />
            </strong>{' '}
            <code class="quiet">{platform.id}</code>
            {platform.description && (
              <>
                {' – '}
                <Words page={page} text={platform.description} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
