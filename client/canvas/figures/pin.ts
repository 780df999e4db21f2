import { figureKind } from './figure.ts'
import { stampBadge } from './parts.ts'

export const pin = figureKind((ctx, what, brush) => stampBadge(ctx, what, what.points[0]!, brush, { pin: true }))
