-- Deletes values and leases.
-- KEYS: a value and its lease, for each key.
for index = 1, #KEYS, 2 do
  -- Redis tells of changes alone. A value that isn't here may be on its way to a replica that read
  -- the store a moment ago, so one is put here to be deleted. A server without memory left for it
  -- says no, and that replica has its copy for the second that copies last.
  redis.pcall('SET', KEYS[index], '')
  redis.call('UNLINK', KEYS[index], KEYS[index + 1])
end
return 1
