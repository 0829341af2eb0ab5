# The targets for users and developers. Each runs one command of build.sh.
.DEFAULT_GOAL := help
.PHONY: help run doctor backup restore test test-faults perf format check check-openapi check-pages image dist ide clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run:  ## build and start on http://127.0.0.1:8080, with an embedded PostgreSQL
	@./build.sh run

doctor:  ## check the configuration, the database and Redis
	@./build.sh doctor

backup:  ## write all data to a new file, also while the server runs (FILE=dealbrain.zip)
	@./build.sh backup "$(FILE)"

restore:  ## read a backup into an empty database (FILE=dealbrain.zip)
	@./build.sh restore "$(FILE)"

test:  ## run the tests; no Docker needed
	@./build.sh test

test-faults:  ## run the slow tests: faults, load, hostile input, several servers
	@./build.sh test-faults

perf:  ## measure the speed and compare it with the limits of this machine (PERF="--json --save --strict --stored")
	@./build.sh perf $(PERF)

format:  ## format the Java sources
	@./build.sh format

check:  ## check the format; compile with all warnings as errors, Error Prone and NullAway
	@./build.sh check

check-openapi:  ## check the OpenAPI document by Spectral and by generated clients; needs Node.js and Python
	@./build.sh check-openapi

check-pages:  ## check the HTML of the pages that make test-faults has written; needs Node.js
	@./build.sh check-pages

image:  ## build a runtime that needs no Java: build/image/bin/dealbrain
	@./build.sh image

dist:  ## build a release: build/dist/dealbrain-VERSION-linux-x64.tar.gz
	@./build.sh dist

ide:  ## write project files for IntelliJ IDEA, VS Code and Eclipse
	@./build.sh ide

clean:  ## delete build/; keeps the libraries in lib/ and the data in var/
	@./build.sh clean
