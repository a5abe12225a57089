-- Starts a new epoch.
-- KEYS: epoch. ARGV: a token never used before.
redis.call('HSET', KEYS[1], 'id', ARGV[1])
return 1
