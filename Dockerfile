# syntax=docker/dockerfile:1

# Everything is built with all dependencies: the compilers' native parts are optional ones.
FROM node:26 AS build
WORKDIR /comity
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY libs libs
COPY apps apps
RUN npm run build

# What runs needs neither them nor the Node that the project carries: the image's own is the same.
FROM node:26 AS dependencies
WORKDIR /comity
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 COMITY_DATA=/data
WORKDIR /comity
COPY package.json ./
COPY --from=dependencies /comity/node_modules node_modules
COPY --from=build /comity/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/server/src/main.js"]
