import { KnownError } from '../../text/known-error.ts';

/**
 * Address of Kibana in a cloud id: `name:base64(host[:port]$elasticsearch$kibana[:port])`
 * (elastic/beats: libbeat/cloudid/cloudid.go). Throws a KnownError.
 */
export function cloudAddress(cloudId: string, name: string): string {
  const bad = (why: string): KnownError =>
    new KnownError(`the cloud id of environment ${name} cannot be read: ${why}`, {
      help: 'copy it from the page of the deployment, as name:letters-and-digits',
    });
  const encoded = cloudId.slice(cloudId.lastIndexOf(':') + 1);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw bad('it is not base64 after the last colon');
  const [hostAndPort = '', , kibanaAndPort = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('$');
  const [host = '', commonPort = '443'] = hostAndPort.split(':');
  const [kibana = '', port = commonPort] = kibanaAndPort.split(':');
  if (!/^[A-Za-z0-9.-]+$/.test(host)) throw bad('there is no host in it');
  if (!/^[A-Za-z0-9-]+$/.test(kibana)) throw bad('the deployment has no Kibana');
  if (!/^\d{1,5}$/.test(port)) throw bad('its port is no number');
  return `https://${kibana}.${host}${port === '443' ? '' : `:${port}`}`;
}
