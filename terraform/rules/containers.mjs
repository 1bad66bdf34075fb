// Rules over the Dockerfile and over what starts containers. No engine is needed. Each gives sentences.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parseAllDocuments } from 'yaml';
import { home } from './terraform.mjs';

export const folder = path.join(path.dirname(home), 'infra/containers');

export const dockerfile = () => readFileSync(path.join(folder, 'Dockerfile'), 'utf8');

export const documents = (file) => parseAllDocuments(readFileSync(path.join(folder, file), 'utf8'), { merge: true })
  .map((document) => document.toJS());

function stages(text) {
  const parts = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const [image, , name] = instruction.getArguments().map((argument) => argument.getValue());
      parts.push({ image, name, instructions: [] });
    } else {
      parts.at(-1)?.instructions.push(instruction);
    }
  }
  return parts;
}

const of = (stage, keyword) => stage.instructions.filter((instruction) => instruction.getKeyword() === keyword);
const said = (instruction) => instruction.getRawArgumentsContent() ?? '';

export const imageRules = {
  'names no base image of its own': (text) => {
    const known = new Set(stages(text).map(({ name }) => name).filter(Boolean));
    return stages(text).map(({ image }) => image).filter((image) => !known.has(image) && !/^\$\{[A-Z]+:\?.+\}$/.test(image));
  },
  'gives its required arguments no value': (text) => DockerfileParser.parse(text).getInstructions()
    .filter((instruction) => instruction.getKeyword() === 'ARG' && /^(BASE|JDK|KIND)=/.test(said(instruction))).map(said),
  'asks for digests before anything else runs': (text) => stages(text)
    .filter(({ image }) => image.includes('BASE'))
    .filter((stage) => !/bin\/check "\$KIND" "\$BASE" "\$JDK"/.test(said(of(stage, 'RUN')[0] ?? stage.instructions[0])))
    .map(({ name }) => `stage ${name}`),
  'runs as nobody in particular': (text) => {
    const user = of(stages(text).at(-1), 'USER').map(said).at(-1) ?? 'root';
    return /^[1-9][0-9]{3,}:[1-9][0-9]{3,}$/.test(user) ? [] : [`user ${user}`];
  },
  'says how it is': (text) => ['HEALTHCHECK', 'ENTRYPOINT', 'STOPSIGNAL'].filter((keyword) => of(stages(text).at(-1), keyword).length !== 1),
  'starts without a shell': (text) => of(stages(text).at(-1), 'ENTRYPOINT').map(said).filter((command) => !command.startsWith('[')),
  'keeps its files from its user': (text) => of(stages(text).at(-1), 'COPY').map(String).filter((copy) => !copy.includes('--chown=0:0')),
  'fetches nothing': (text) => DockerfileParser.parse(text).getInstructions()
    .filter((instruction) => instruction.getKeyword() === 'ADD'
      || (instruction.getKeyword() === 'RUN' && /\b(curl|wget|apt-get|apk|dnf|pip|npm|mvn)\b/.test(said(instruction))))
    .map(said),
  'copies what is staged, not the tree': (text) => stages(text).flatMap((stage) => of(stage, 'COPY')).map(said)
    .filter((copy) => copy.split(/\s+/).includes('.')),
};

const locked = (context) => context?.readOnlyRootFilesystem === true && context?.allowPrivilegeEscalation === false
  && context?.capabilities?.drop?.includes('ALL');

export const composeRules = {
  'containers are read-only and powerless': ({ services }) => Object.entries(services)
    .filter(([, service]) => !(service.read_only && service.cap_drop?.includes('ALL') && service.security_opt?.includes('no-new-privileges:true')
      && /^[1-9]/.test(service.user) && !service.privileged))
    .map(([name]) => name),
  'ports are this machine\'s only': ({ services }) => Object.entries(services)
    .flatMap(([name, service]) => (service.ports ?? []).filter((port) => !String(port).startsWith('127.0.0.1:')).map((port) => `${name}: ${port}`)),
  'names no image and no secret': ({ services }) => Object.entries(services)
    .flatMap(([name, { image, environment }]) => [image, ...Object.entries(environment)
      .filter(([key]) => /KEY|TOKEN/.test(key)).map(([, value]) => value)]
      .filter((value) => !String(value).startsWith('${')).map((value) => `${name}: ${value}`)),
  'files may be run where natives are unpacked': ({ services }) => Object.entries(services)
    .filter(([, { tmpfs }]) => !tmpfs?.every((mount) => mount.includes('exec'))).map(([name]) => name),
};

const pods = (all) => all.map((document) => ({ name: document.metadata.name, pod: document.spec.template?.spec })).filter(({ pod }) => pod);

export const clusterRules = {
  'containers are read-only and powerless': (all) => pods(all)
    .filter(({ pod }) => !(pod.securityContext?.runAsNonRoot && pod.automountServiceAccountToken === false
      && pod.containers.every((container) => locked(container.securityContext))))
    .map(({ name }) => name),
  'names no image': (all) => pods(all).flatMap(({ pod }) => pod.containers).map(({ image }) => image).filter((image) => !/^\$\{[A-Z_]+\}$/.test(image)),
  'stages scale to zero': (all) => all
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.name.endsWith('stages'))
    .filter(({ spec }) => spec.template.metadata.annotations['autoscaling.knative.dev/min-scale'] !== '0')
    .map(({ metadata }) => metadata.name),
  'containers have limits': (all) => pods(all).flatMap(({ name, pod }) => pod.containers.filter(({ resources }) => !resources?.limits?.memory).map(() => name)),
};
