# Every target is a line into build.sh; `make help` shows them.
.DEFAULT_GOAL := help
.PHONY: help run doctor test test-faults perf format check image clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run:  ## fetch the libraries, build, start on http://127.0.0.1:8080 with an embedded PostgreSQL
	@./build.sh run

doctor:  ## check configuration, database and Redis, and print what to do
	@./build.sh doctor

test:  ## run the tests (no Docker needed); ends with "N passed, N failed"
	@./build.sh test

test-faults:  ## the slower tests: faults, load, hostile input, several servers
	@./build.sh test-faults

perf:  ## measure: four checks, the ratios to what the machine can do (PERF="--json --save")
	@./build.sh perf $(PERF)

format:  ## format all Java sources
	@./build.sh format

check:  ## check the format; compile with all warnings as errors, Error Prone and NullAway
	@./build.sh check

image:  ## a runtime with the application in it: build/image/bin/dealbrain runs without Java
	@./build.sh image

clean:  ## remove what was built (keeps the libraries in lib/ and the data in var/)
	@./build.sh clean
