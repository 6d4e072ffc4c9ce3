"""Everything on one machine: a PostgreSQL and a Redis of our own, and the commands that use them.

`servers` starts and stops them, `places` knows where they live and as whom, `postgres_server` and
`redis_server` know one server each. `python -m iap.local` is the command line. A deployment sets
`DATABASE_URL` and `REDIS_URL` and uses none of this.
"""
