# syntax=docker/dockerfile:1
FROM python:3.13.9-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/python -m pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY manage.py ./
COPY iap iap
COPY pupils pupils
COPY timetables timetables
COPY referrals referrals
COPY reporting reporting
COPY templates templates
COPY static static
# Collecting connects to nothing; the settings only want to be told that this is a deployment.
RUN DATABASE_URL=postgresql://nobody@nowhere/none SECRET_KEY=only-while-building \
    /venv/bin/python manage.py collectstatic --no-input \
    && /venv/bin/python -m compileall -q iap pupils timetables referrals reporting

FROM python:3.13.9-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=iap.settings
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin iap \
    && install -d -o iap -g iap /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER iap
EXPOSE 8000
# A page that needs the database, asked for as the proxy asks.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/account/login/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0], 'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "iap.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
    "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-", \
    "--logger-class", "iap.access_log.AccessLog", "--no-control-socket"]
