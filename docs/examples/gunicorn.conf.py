"""gunicorn for the screens: `gunicorn --config gunicorn.conf.py`. docs/running.md says what stands around it."""

wsgi_app = "webui:create_app()"
bind = "127.0.0.1:8001"  # nginx alone reaches it

# Per worker a few threads: while one waits for the database, another makes a page. Measured with two workers on two
# cores (docs/performance.md); as many workers as cores is a good start.
workers = 2
threads = 4
# Each worker opens its own connections to the database, which a fork would share
preload_app = False

timeout = 60  # seconds without a sign of life, after which a worker is replaced
graceful_timeout = 30  # seconds that requests under way have when it stops
keepalive = 75  # seconds; longer than nginx keeps a connection, so that it is nginx that closes
max_requests = 20_000  # then a worker is replaced, not all at the same time
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm"  # noqa: S108  # signs of life need no disk


# Whose word counts about who asks is set in one place: ASB_PROXIES
secure_scheme_headers = {}
forwarder_headers = ""

accesslog = None  # nginx writes one
errorlog = "-"
control_socket_disable = True
