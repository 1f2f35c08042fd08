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

export const DATE_FORMATS: readonly string[] = [
  'strict_date_optional_time||epoch_millis', 'epoch_millis', 'epoch_second', 'strict_date_optional_time', 'date_optional_time', 'strict_date', 'date', 'strict_date_time', 'date_time',
  'basic_date', 'strict_year_month_day', 'yyyy-MM-dd', 'uuuu-MM-dd', 'yyyy/MM/dd', 'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_second', 'strict_date_optional_time_nanos', 'date_time_no_millis',
  'basic_date_time', 'strict_date_hour_minute_second', 'dd-MMM-yyyy', 'MMM dd yyyy', 'epoch_second||strict_date_time', 'year', 'strict_year_month', 'yyyy', 'dd/MM/yyyy',
]; // prettier-ignore

export const TIME_ZONES: readonly string[] = ['Z', 'UTC', '+01:00', '-05:30', '+1', 'Zulu', 'CET', 'Europe/Berlin', 'America/New_York', 'EST', 'europe/berlin', 'utc', 'GMT+2']; // prettier-ignore

/** Texts that a format takes, for fields and ranges that name one. */
export const DATES_BY_FORMAT: Readonly<Record<string, readonly string[]>> = {
  epoch_millis: ['1705314030000', '1705276800000', '1705363199999', '-1', '0', '1705314030000.5'],
  epoch_second: ['1705314030', '1705276800', '1705314030.5', '-1', '0', '1705314030.999'],
  strict_date: ['2024-01-15', '2024-01-14', '2024-02-29'],
  date: ['2024-01-15', '2024-1-5', '2024-02-29'],
  strict_date_time: ['2024-01-15T10:20:30.123Z', '2024-01-15T10:20:30.999Z', '2024-01-15T10:20:30.123+02:00'],
  date_time: ['2024-01-15T10:20:30.123Z', '2024-1-5T1:2:3.5Z', '2024-01-15T10:20:30.123+02:00'],
  basic_date: ['20240115', '20240114', '20240229'],
  strict_year_month_day: ['2024-01-15', '2024-01-14', '2024-02-29'],
  'yyyy-MM-dd': ['2024-01-15', '2024-01-14', '2024-02-29'],
  'uuuu-MM-dd': ['2024-01-15', '2024-01-14', '-2024-01-15'],
  'yyyy/MM/dd': ['2024/01/15', '2024/01/14', '2024/02/29'],
  'yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_second': ['2024/01/15 10:20:30', '2024/01/15', '1705314030'],
  date_time_no_millis: ['2024-01-15T10:20:30Z', '2024-01-15T10:20:30+01:00'],
  basic_date_time: ['20240115T102030.123Z', '20240115T102030.999Z'],
  strict_date_hour_minute_second: ['2024-01-15T10:20:30', '2024-01-15T10:20:31'],
  'dd-MMM-yyyy': ['15-Jan-2024', '14-Jan-2024'],
  'MMM dd yyyy': ['Jan 15 2024', 'Jan 14 2024'],
  'epoch_second||strict_date_time': ['1705314030', '2024-01-15T10:20:30.123Z'],
  year: ['2024', '2023'],
  strict_year_month: ['2024-01', '2024-02'],
  yyyy: ['2024', '2023'],
  'dd/MM/yyyy': ['15/01/2024', '14/01/2024'],
};
