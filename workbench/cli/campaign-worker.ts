import { workerData } from 'node:worker_threads';
import type { Shard } from '../index.ts';
import { CampaignFolder, type PlanSource, planIn } from './campaign-files.ts';
import { live } from './campaign-lives.ts';
import { Unusable } from './exit.ts';

/* A thread that lives one shard after the other, and writes each as soon as it is done. */

export interface WorkerTask {
  readonly source: PlanSource;
  readonly folder: string;
}

const { source, folder } = workerData as WorkerTask;
const plan = planIn(source);

/** Why a shard could not be lived or written; undefined where it was. */
export default async function workOn(shard: Shard): Promise<string | undefined> {
  try {
    new CampaignFolder(folder).write(await live(plan, shard));
    return undefined;
  } catch (error) {
    if (error instanceof Unusable) return error.message;
    throw error;
  }
}
