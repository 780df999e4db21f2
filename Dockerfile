FROM node:24-bookworm-slim AS build
WORKDIR /puntada
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /puntada
COPY --from=build --chown=root:root /puntada /puntada
RUN mkdir /data && chown node:node /data
USER node
# Inside a container the loopback is the container's own; publish the port on the host's loopback, behind a proxy with TLS.
ENV HOST=0.0.0.0 PORT=4310
EXPOSE 4310
VOLUME /data
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts", "--data", "/data"]
