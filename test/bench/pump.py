"""The same pump in SimPy: a process for the program, one for the reservoir, one for each request that is granted.

Reads the life as JSON, lives it, and writes what it came to and how long that took, as JSON. In minutes and millilitres;
it believes what it gives, there is no plant.
"""
import json
import sys
import time

import simpy

DAY = 24 * 60
BEGINS = 8 * 60


class Pump:
    def __init__(self, env, life):
        self.env = env
        self.life = life
        self.held = life['fill']
        self.delivered = 0.0
        self.since = 0
        self.basal = 0.0
        self.bolus = 0.0
        self.grants = []
        self.locked = False
        self.ended = False
        self.low = False
        self.counts = dict(granted=0, denied=0, steps=0, bolusEnds=0, lockoutEnds=0, lows=0)
        self.program = env.process(self.follow_program())
        self.reservoir = env.process(self.watch_reservoir())
        env.process(self.age())

    def flow(self, basal=None, bolus=None):
        """Books what has flowed, and flows otherwise from now on."""
        given = (self.basal + self.bolus) * (self.env.now - self.since)
        self.held -= given
        self.delivered += given
        self.since = self.env.now
        self.basal = self.basal if basal is None else basal
        self.bolus = self.bolus if bolus is None else bolus
        if self.reservoir.is_alive and self.env.active_process is not self.reservoir:
            self.reservoir.interrupt()

    def follow_program(self):
        steps = [(step['at'], step['dose'] / self.life['strength'] / 60) for step in self.life['steps']]
        now = max(i for i, (at, _) in enumerate(steps) if at <= BEGINS)
        self.basal = steps[now][1]
        midnight = -BEGINS
        try:
            while True:
                now += 1
                if now == len(steps):
                    now, midnight = 0, midnight + DAY
                at, basal = steps[now]
                yield self.env.timeout(midnight + at - self.env.now)
                self.counts['steps'] += 1
                self.flow(basal=basal)
        except simpy.Interrupt:
            return

    def watch_reservoir(self):
        while True:
            try:
                rate = self.basal + self.bolus
                if self.low or rate == 0:
                    yield self.env.event()
                yield self.env.timeout(max(0, self.held - self.life['low']) / rate)
                self.flow()
                self.low = True
                self.counts['lows'] += 1
            except simpy.Interrupt:
                continue

    def age(self):
        yield self.env.timeout(self.life['eri'])
        yield self.env.timeout(self.life['end'] - self.life['eri'])
        self.ended = True
        self.program.interrupt()
        self.flow(basal=0, bolus=0)

    def press(self):
        bolus, now = self.life['bolus'], self.env.now
        while self.grants and self.grants[0] <= now - DAY:
            self.grants.pop(0)
        if self.ended or self.locked or len(self.grants) >= bolus['maxPerDay']:
            self.counts['denied'] += 1
            return
        self.counts['granted'] += 1
        self.grants.append(now)
        self.locked = True
        self.env.process(self.give_bolus(bolus))
        self.env.process(self.lock_out(bolus))

    def give_bolus(self, bolus):
        self.flow(bolus=bolus['dose'] / self.life['strength'] / bolus['duration'])
        yield self.env.timeout(bolus['duration'])
        self.flow(bolus=0)
        self.counts['bolusEnds'] += 1

    def lock_out(self, bolus):
        yield self.env.timeout(bolus['lockout'])
        self.locked = False
        self.counts['lockoutEnds'] += 1

    def refill(self):
        self.flow()
        self.held = self.life['fill']
        self.low = False


def patient(env, pump, begins, every):
    yield env.timeout(begins)
    while True:
        yield env.timeout(every)
        pump.press()


def clinic(env, pump, first, every):
    yield env.timeout(first)
    while True:
        pump.refill()
        yield env.timeout(every)


def live(life):
    env = simpy.Environment()
    pump = Pump(env, life)
    for request in life['requests']:
        env.process(patient(env, pump, request['from'], request['every']))
    env.process(clinic(env, pump, life['visits']['first'], life['visits']['every']))
    env.run(until=life['until'])
    pump.flow()
    return {**pump.counts, 'delivered': pump.delivered}


def main():
    life = json.load(sys.stdin)
    wall, processor = time.perf_counter(), time.process_time()
    tally = live(life)
    print(json.dumps({
        'tally': tally,
        'wall': time.perf_counter() - wall,
        'processor': time.process_time() - processor,
    }))


main()
