import { hash, verify } from '@node-rs/argon2'

/** argon2id, OWASP's floor or above: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** At once; each takes 19 MiB and a thread of the pool that disk and zlib need too. */
const AT_ONCE = 2

/** The most common passwords of twelve characters or more in public leaks, and those that our own words suggest. */
const COMMON = new Set(
  `123456789012 1234567890123 12345678901234 123456789123 111111111111 000000000000 123123123123 qwertyuiop12
qwertyuiopas qwertyuiop123 1q2w3e4r5t6y 1qaz2wsx3edc password1234 password12345 password123456 passwordpassword
contraseña12 contraseña123 contraseña1234 contrasena12 contrasena123 contrasena1234 administrator administrador
iloveyou1234 letmein12345 welcome12345 bienvenido123 bienvenidos1 guadalajara1 guadalajara12 guadalajara123 mexicomexico
mexico123456 puntada12345 puntadapuntada chivas123456 aguilaamerica abcdefghijkl abcd12345678 asdfghjkl123 asdfasdfasdf
zxcvbnmasdfg 987654321098 112233445566 147258369147 aaaaaaaaaaaa teamomucho12 tequieromucho`.split(/\s+/),
)

/** Breach lists are long; this refuses what is tried first, and what everybody knows about the person. */
export const isCommon = (password: string, about: readonly string[]): boolean => {
  // As it is hashed: what a keyboard of another width writes is the same password.
  const plain = password.normalize('NFKC').toLowerCase().trim()
  if (COMMON.has(plain) || /^(.)\1*$/u.test(plain)) return true
  return about.some((text) => text.length > 0 && plain === text.toLowerCase().trim())
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for somebody who has no password here. */
  verify(secret: string | null, password: string): Promise<boolean>
}

export const openPasswords = async (): Promise<Passwords> => {
  let running = 0
  const waiting: (() => void)[] = []
  const inTurn = async <T>(run: () => Promise<T>): Promise<T> => {
    if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
    else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
  const nobody = await hash('nobody has this password', COST)
  return {
    hash: (password) => inTurn(() => hash(password.normalize('NFKC'), COST)),
    async verify(secret, password) {
      const right = await inTurn(() => verify(secret ?? nobody, password.normalize('NFKC')))
      return right && secret !== null
    },
  }
}
