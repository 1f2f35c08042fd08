/** Values of keywords: plain ones, and those that patterns, folding, order and limits can trip over. */
export const TEXTS: readonly string[] = [
  '', ' ', 'a', 'b', 'ab', 'abc', 'ABC', 'aBc', 'abcd', 'xyz', 'foo', 'Foo', 'FOO', 'bar', 'foo bar', 'Foo Bar', 'foo-bar',
  'foo_bar', 'foo.bar', 'foo*bar', 'foo?bar', 'foo\\bar', 'a*c', 'a?c', 'a\\c', 'a*', '*', '?', '\\', '"', 'a"b', "don't",
  'C:\\Windows\\System32\\cmd.exe', 'c:\\windows\\system32\\CMD.EXE', '/usr/bin/curl', '/etc/passwd', 'cmd.exe', 'powershell.exe',
  'user@example.com', 'https://example.com/a?b=c&d=e', '10.0.0.1', '1', '01', '1.0', '1.5', '-1', '1e2', 'true', 'false', 'null',
  'é', 'É', 'e\u0301', 'école', 'ÉCOLE', 'ß', 'SS', 'ẞ', 'İ', 'ı', 'I', 'i', 'σ', 'ς', 'Σ', 'K', '\u212a', 'ſ', 'å', 'ДА', 'да',
  '日本語', '日本', 'カタカナ', '한국어', '😀', '😀a', 'a😀', '\ue000', '\u00a0', 'a\u00a0b', 'a\tb', 'a\nb', '\u2007x',
  'quick brown fox', 'The quick, brown fox!', 'brown quick', '1,000.50', 'x:1', 'a:b', 'AND', 'or', 'NOT', '(a)', '[a TO b]', '{x}',
  'a b c d e', 'aaaaaaaaaaaaaaaaaaaa', 'x'.repeat(40), 'ab'.repeat(130),
]; // prettier-ignore

/** Words that queries of full text are made of. */
export const WORDS: readonly string[] = [
  'quick', 'brown', 'fox', 'the', 'foo', 'Foo', 'bar', 'cmd.exe', 'windows', 'system32', 'curl', 'é', 'école', '1,000.50', "don't",
  'a', 'b', 'c', 'x', 'user', 'example.com', 'foo-bar', 'foo_bar', '😀', '日本', 'c:\\windows', '',
]; // prettier-ignore

/** Patterns of the wildcard query. */
export const WILDCARDS: readonly string[] = [
  '', '*', '?', '**', '?*', '*?', 'a*', '*a', '*a*', 'a?c', 'a\\*c', 'a\\?c', 'a\\\\c', 'a\\', 'foo*', 'Foo*', '*bar', 'f*r', '*o?b*', 'FOO*',
  '*.exe', '*\\\\cmd.exe', 'c:\\\\*', '/usr/*/curl', '*😀*', '?', '??', 'é*', 'É*', '日*', '*\u0301', 'a*c*', '*a*b*c*', 'x*x', 'i*', 'I*',
  '*a?????', 'foo\\bar', '\\foo', '*1*', '\\é*', '*\\**',
]; // prettier-ignore

/** Expressions of the regexp query. */
export const REGEXPS: readonly string[] = [
  '', '.*', '.+', '.', 'a', 'a|b', 'ab?c', '[a-c]+', '[^a]+', 'foo.*', 'Foo.*', '.*\\.exe', 'a{2}', 'a{2,}', 'a{1,3}', 'a{3,1}', '(ab)*', '~a', '~(a.*)',
  'a&b', '.*a.*&.*b.*', '<1-10>', '<01-10>', '@', '#', '"a*c"', 'a\\*c', '\\d+', '\\w+', '\\W+', '\\s', '\\S+', '[\\d]', '[[', '(', ')', 'a)', '[a', '[]', '[a-]',
  '*', '+a', 'é.*', '[é]', '[É-Ë]', '😀', '.😀?', 'σ', 'k', 'K', 's+', '()', 'a()|b', '()|abc', 'a\\\\c', 'c:\\\\.*', '\\q', '\\', 'foo(bar)?', '(foo|bar)+', '.{3}', '.{0,2}',
  'x{40}', '(a|b)*a(a|b){3}', '[A-Z]+', '[a-zA-Z0-9]+', '\\.', '/.*', '\\/usr\\/.*',
]; // prettier-ignore
