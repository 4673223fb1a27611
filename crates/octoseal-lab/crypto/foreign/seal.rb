# rbnacl as a contestant of the bench; the lines it reads and answers are in ../src/contestant/serve.rs.
require "rbnacl"

def seal(key, value)
  public_key = RbNaCl::PublicKey.new(key.unpack1("m0"))
  [RbNaCl::Boxes::Sealed.from_public_key(public_key).encrypt(value)].pack("m0")
end

def cpu_time
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond)
end

def answer(key, kind, size, count = 1)
  value = ("v" * size.to_i).b
  return seal(key, value) if kind == "box"

  start = cpu_time
  count.to_i.times { seal(key, value) }
  cpu_time - start
end

$stdout.sync = true
puts "ready rbnacl #{RbNaCl::VERSION}, libsodium #{RbNaCl::Sodium::Version::STRING}, Ruby #{RUBY_VERSION}"
$stdin.each_line { |line| puts answer(ARGV.first, *line.split) }
