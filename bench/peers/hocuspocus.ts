import { Server } from '@hocuspocus/server'

/** Hocuspocus with its defaults: no extension, nothing persisted, nothing judged. Address by HOST and PORT. */
await new Server({ port: Number(process.env.PORT), address: process.env.HOST, quiet: true }).listen()
