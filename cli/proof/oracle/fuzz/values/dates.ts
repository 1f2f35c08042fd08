/** Texts of dates, in many spellings and near misses. */
export const DATE_TEXTS: readonly string[] = [
  '2024', '2024-01', '2024-01-15', '2024-1-5', '2024-01-15T10', '2024-01-15T10:20', '2024-01-15T10:20:30', '2024-01-15T10:20:30Z', '2024-01-15T10:20:30z',
  '2024-01-15T10:20:30.5Z', '2024-01-15T10:20:30.123Z', '2024-01-15T10:20:30,123Z', '2024-01-15T10:20:30.123456Z', '2024-01-15T10:20:30.123456789Z',
  '2024-01-15T10:20:30.1234567890Z', '2024-01-15T10:20:30+01:00', '2024-01-15T10:20:30+0100', '2024-01-15T10:20:30+01', '2024-01-15T10:20:30UTC', '2024-01-15T10Z',
  '2024-01-15T10:20Z', '2024-01-15 10:20:30', '2024-01-15T24:00:00Z', '2024-02-29', '2023-02-29', '2024-02-30', '2024-13-01', '2024-01-15T', '20240115', '20240115T102030Z', '2024/01/15',
  '2024/01/15 10:20:30', '15/01/2024', '01/15/2024', 'Jan 15 2024', 'jan 15 2024', '15-Jan-2024', '15-JAN-2024', '2024-W03-1', '2024-015', '10:20', '10:20:30', '1969-12-31', '1969-12-31T23:59:59.999Z',
  '1970-01-01', '1900-01-01', '2262-04-11T23:47:16.854775807Z', '2262-04-12', '2263-01-01', '9999-12-31', '+10000-01-01', '-0001-01-01', '0000-01-01', '0', '1', '-1', '-1500', '1705314030', '1705314030000',
  '1705314030000.5', '1705314030123456', '-5', 'now', 'soon', '', ' ', '2024-01-15T10:20:30.123+02:00', '1.7e12', '2024-01-15T10:20:30 Europe/Berlin', '1705314030.5',
]; // prettier-ignore

/** Expressions of date math, for queries. */
export const DATE_MATH: readonly string[] = [
  'now', 'now-1d', 'now/d', 'now-1d/d', 'now+1M', 'now-100y', 'now/w', 'now-7d/d', '2024-01-15||+1d', '2024-01-15||/M', '2024-01-15||-1M/d', '2024-01-31||+1M', '2024||/y', '2024-01-15T10:20:30Z||/h',
  '2024-01-15||+1d-2h', '2024-01-15||/x', 'now-', 'now+1', '2024-01-15||', 'now-2d/d+3h', '2024-01-15T10||/m', '2024-01-15||+2147483647d',
]; // prettier-ignore

export const DATE_FORMATS: readonly string[] = [
  'strict_date_optional_time||epoch_millis', 'epoch_millis', 'epoch_second', 'strict_date_optional_time', 'date_optional_time', 'strict_date', 'date', 'strict_date_time', 'date_time',
  'basic_date', 'strict_year_month_day', 'yyyy-MM-dd', 'uuuu-MM-dd', 'yyyy/MM/dd', 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_second', 'strict_date_optional_time_nanos', 'date_time_no_millis',
  'basic_date_time', 'strict_date_hour_minute_second', 'dd-MMM-yyyy', 'MMM dd yyyy', 'epoch_second||strict_date_time', 'year', 'strict_year_month', 'yyyy', 'dd/MM/yyyy',
]; // prettier-ignore

export const TIME_ZONES: readonly string[] = ['Z', 'UTC', '+01:00', '-05:30', '+1', 'Zulu', 'CET', 'Europe/Berlin', 'America/New_York', 'EST', 'europe/berlin', 'utc', 'GMT+2']; // prettier-ignore
