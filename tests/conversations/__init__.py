"""Commands and clicks in, messages out: the whole bot between its two stand-ins."""
