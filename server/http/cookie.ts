/**
 * The session cookie. Over https its name begins with `__Host-`: browsers then take it only with Secure, Path=/ and no
 * Domain, so that no sister host can set it. Plain http is for this machine alone, where Secure would lose it.
 */
export interface SessionCookie {
  readonly name: string
  read(header: string | undefined): string | undefined
  set(token: string, maxAgeSeconds: number): string
  clear(): string
}

export const sessionCookie = (https: boolean): SessionCookie => {
  const name = https ? '__Host-puntada' : 'puntada'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`
  return {
    name,
    read(header) {
      let found: string | undefined
      for (const part of (header ?? '').split(';')) {
        const cut = part.indexOf('=')
        if (cut < 0 || part.slice(0, cut).trim() !== name) continue
        // Twice the same name means that somebody else set one of them: neither is believed.
        if (found !== undefined) return undefined
        found = part.slice(cut + 1).trim()
      }
      return found
    },
    set: (token, maxAgeSeconds) => `${name}=${token}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  }
}
