import { KnownError } from '../text/known-error.ts';

/** Addresses that a cloud id holds, without a trailing slash. */
export interface CloudAddresses {
  readonly kibana: string;
  /** Absent: the deployment has none, or does not say. */
  readonly elasticsearch?: string;
}

/**
 * Addresses in a cloud id: `name:base64(host[:port]$elasticsearch[:port]$kibana[:port])`
 * (elastic/beats: libbeat/cloudid/cloudid.go). Throws a KnownError.
 */
export function cloudAddresses(cloudId: string, name: string): CloudAddresses {
  const bad = (why: string): KnownError =>
    new KnownError(`the cloud id of environment ${name} cannot be read: ${why}`, {
      help: 'copy it from the page of the deployment, as name:letters-and-digits',
    });
  const encoded = cloudId.slice(cloudId.lastIndexOf(':') + 1);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw bad('it is not base64 after the last colon');
  const [hostAndPort = '', elasticsearch = '', kibana = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split('$');
  const [host = '', commonPort = '443'] = hostAndPort.split(':');
  if (!/^[A-Za-z0-9.-]+$/.test(host)) throw bad('there is no host in it');
  const addressOf = (idAndPort: string, server: string): string => {
    const [id = '', port = commonPort] = idAndPort.split(':');
    if (!/^[A-Za-z0-9-]+$/.test(id)) throw bad(`the deployment has no ${server}`);
    if (!/^\d{1,5}$/.test(port)) throw bad('its port is no number');
    return `https://${id}.${host}${port === '443' ? '' : `:${port}`}`;
  };
  return {
    kibana: addressOf(kibana, 'Kibana'),
    ...(elasticsearch === '' ? {} : { elasticsearch: addressOf(elasticsearch, 'Elasticsearch') }),
  };
}
